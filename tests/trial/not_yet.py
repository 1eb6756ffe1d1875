"""Scenarios that fail today: by the test's name and the kind of machine, what was seen instead.

Each is marked as expected to fail; one that passes is an error, and its line is to be deleted.
"""

from collections.abc import Mapping

_NO_INIT, _INIT_SCRIPT, _SYSTEMD, _SOCKET = "no-init", "init-script", "systemd", "socket"
_SERVICES = (_NO_INIT, _INIT_SCRIPT, _SYSTEMD)
_WITHOUT_SYSTEMD = (_NO_INIT, _INIT_SCRIPT)
_ALL = (*_SERVICES, _SOCKET)


def _on(kinds: tuple[str, ...], reason: str) -> dict[str, str]:
    return dict.fromkeys(kinds, reason)


_GONE = "exit 0, 'sshd was reloaded, on trial until ...'; sshd has exited ('Cannot bind any address'); the files are taken back"
_NEVER_STARTED = {
    **_on(_WITHOUT_SYSTEMD, f"{_GONE}, sshd is not started, and confirm prints 'the change was taken back'"),
    _SYSTEMD: f"{_GONE}, sshd is not started; confirm adds '`systemctl reload ssh` failed: ssh.service is not active'",
}
_KEPT_DEAD = "exit 0, 'sshd was reloaded, on trial until ...'; no sshd runs until the end of the trial nor after it; confirm keeps the change"
_UNNOTICED = (
    "the change stays in the files and in sshd; lint prints nothing of it; confirm keeps it, however late"
)

NOT_YET: Mapping[str, Mapping[str, str]] = {
    # test_ordinary
    "test_confirm_shows_what_was_seen": _on(_SERVICES, "only 'the change was taken back at ...'"),
    # test_listening
    "test_an_address_of_another_machine_is_refused": _NEVER_STARTED,
    "test_a_port_of_another_program_is_refused": _NEVER_STARTED,
    "test_a_port_that_is_taken_for_ipv4_only_is_refused": {
        _SYSTEMD: "exit 0, 'sshd was reloaded, on trial until ...'; sshd listens on [::]:2222 only until the end",
    },
    "test_sshd_that_dies_of_the_reload_is_started_with_the_old_files": _on(_SERVICES, _KEPT_DEAD),
    "test_an_old_port_that_is_taken_meanwhile": _on(
        _SERVICES, "confirm prints 'the change was taken back at ...'; sshd has exited"
    ),
    "test_a_reload_alone_does_not_claim_what_did_not_happen": _on(
        _SERVICES, "exit 0, 'sshd was reloaded; sessions that are open keep ...'; sshd has exited"
    ),
    # test_process
    "test_sshd_is_killed_during_the_trial": _on(
        _WITHOUT_SYSTEMD, "the files are taken back, the reload of nothing succeeds, sshd is not started"
    ),
    "test_sshd_is_restarted_by_hand_during_the_trial": {
        _NO_INIT: "the stored `kill -HUP PID` goes to the old sshd, a zombie; the new one keeps the trial's value",
    },
    "test_a_stranger_who_got_the_number_of_an_old_sshd_is_left_alone": {
        _NO_INIT: "the stranger gets the stored SIGHUP and dies of it; the new sshd keeps the trial's value",
    },
    "test_no_sshd_to_reload": {
        _NO_INIT: "exit 0, 'sshd was reloaded': the signal went to a zombie",
        _INIT_SCRIPT: "exit 0, 'sshd was reloaded': `/etc/init.d/ssh reload` exits 0",
        _SYSTEMD: "exit 2, in other words: '`systemctl reload ssh` failed: ssh.service is not active, cannot reload.'",
    },
    "test_no_sshd_to_try_a_change_on": {
        **_on(_WITHOUT_SYSTEMD, "exit 0, 'sshd was reloaded, on trial until ...'"),
        _SYSTEMD: "exit 2 and taken back, in other words: 'ssh.service is not active, cannot reload.'",
    },
    "test_a_pid_file_that_names_a_stranger": {
        _NO_INIT: "exit 0, 'sshd was reloaded'; the stranger calls itself sshd, gets SIGHUP and dies of it",
        _INIT_SCRIPT: "exit 0, 'sshd was reloaded'; the init script knows better and does nothing",
    },
    "test_a_pid_file_that_is_gone": {
        _INIT_SCRIPT: "exit 0, 'sshd was reloaded, on trial until ...'; sshd was sent nothing",
    },
    # test_session
    "test_sshkeep_is_killed_right_after_the_write": _on(
        _ALL,
        "the change stays; lint prints nothing of it, confirm 'nothing is on trial', undo --list 'cut off'",
    ),
    "test_the_timer_is_killed": _on(_ALL, _UNNOTICED),
    "test_the_machine_is_rebooted": {
        _SYSTEMD: "it is down after 61 s: the timer's `systemctl reload ssh` waits for a job that waits for the shutdown",
    },
    "test_the_machine_loses_its_power": _on(_ALL, _UNNOTICED),
    # test_records
    "test_a_second_write_is_refused": _on(
        _SERVICES, "it is written; at the end '... was changed since', and sshd keeps the trial's value"
    ),
    "test_a_fix_is_refused_during_a_trial": {
        _NO_INIT: "it is written; at the end '... was changed since', and sshd keeps the trial's value",
    },
    "test_undo_ends_the_trial": _on(
        _ALL, "the files are restored, sshd is not reloaded; confirm then prints 'kept: the change ... stays'"
    ),
    "test_damaged_records_are_reported_by_the_next_command": _on(
        (_NO_INIT, _SYSTEMD), "lint prints nothing of it"
    ),
    "test_damaged_records_are_reported_after_the_end": _on(
        (_NO_INIT, _SYSTEMD),
        'the timer ends and does nothing; lint prints nothing of it, confirm "can\'t read ... trial.json"',
    ),
    "test_a_state_directory_that_is_gone_is_reported_after_the_end": _on(
        (_NO_INIT, _SYSTEMD),
        "the timer ends and does nothing; lint prints nothing of it, confirm 'nothing is on trial'",
    ),
    "test_a_disk_that_is_full_at_the_end": _on(
        _SERVICES,
        "taken back and reloaded, but confirm prints 'is being taken back, or that was cut off' for ever",
    ),
    "test_a_hundred_later_records_leave_that_of_the_trial": {
        _INIT_SCRIPT: "record 1 is deleted, so nothing can be taken back",
    },
    # test_systemd
    "test_a_reload_that_fails_at_the_end": {
        _SYSTEMD: "the files are taken back, sshd keeps the trial's value; only confirm prints so",
    },
    "test_a_unit_that_has_been_started_too_often": {_SYSTEMD: _KEPT_DEAD},
    "test_a_unit_that_does_not_start_again": {_SYSTEMD: _KEPT_DEAD},
    "test_an_address_of_another_machine_where_the_socket_follows": {
        "socket-generator": "exit 2 and taken back, for '`systemctl restart ssh.socket` failed: Job failed', and no word of the address",
    },
}
