"""Reload a host's sshd on trial, with POSIX shell commands: nothing of sshkeep is needed there.

`write_config` keeps the old files in ``unloaded`` until sshd has read the new ones. A trial begins when this
folder becomes ``trial``; a timer of the host then takes the change back. It ends with one rename, for which
the confirmation and the timer race: to ``confirmed``, or to ``taking_back`` and at last ``taken_back``.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from shlex import quote
from typing import NamedTuple

from ..module_utils.unloaded import STATE

COMMON = r"""
export LC_ALL=C PATH=/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/sbin
umask 077
state=STATE
nap() { sleep 0.2 2>/dev/null || sleep 1; }

# The program that a process runs: where there is /proc, the file that it executes counts, never its name.
program_of() {
    if [ -e "/proc/$$/stat" ]; then readlink "/proc/$1/exe"
    else ps -o comm= -p "$1"
    fi 2>/dev/null | sed 's/ (deleted)$//; s/ *$//; s|.*/||'
}

is_sshd() { [ "$(program_of "$1")" = sshd ]; }

parent_of() {
    if [ -e "/proc/$$/stat" ]; then sed -n 's/^PPid:[^0-9]*//p' "/proc/$1/status"
    else ps -o ppid= -p "$1" | tr -d ' '
    fi 2>/dev/null
}

started() {
    if [ -e "/proc/$$/stat" ]; then sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20
    else ps -o lstart= -p "$1"
    fi 2>/dev/null
}

# The connection through which this shell runs: $session is the process that serves it, and when that started,
# as numbers of processes are used again. $above is the sshd from which it comes.
find_session() {
    session=
    above=
    pid=$$
    while [ "${pid:-0}" -gt 0 ]; do
        case $(program_of "$pid") in sshd | sshd-session) session=${session:-$pid $(started "$pid")} ;; esac
        is_sshd "$pid" && above=$pid
        pid=$(parent_of "$pid")
    done
}

# The inode numbers of the sockets at which a process listens. After SIGHUP sshd makes new ones
# (sighup_restart of sshd.c).
sockets_of() {
    all=" $(awk '$4 == "0A" { print $10 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | tr '\n' ' ')"
    for inode in $(ls -l "/proc/$1/fd" 2>/dev/null | sed -n 's/.*socket:\[\([0-9]*\)\].*/\1/p'); do
        case $all in *" $inode "*) printf '%s ' "$inode" ;; esac
    done
}

# Whether a file has the content of the other; also if neither is there.
same() {
    if [ ! -e "$1" ]; then [ ! -e "$2" ]
    elif command -v cmp >/dev/null; then cmp -s "$1" "$2"
    else [ "$(cksum <"$1")" = "$(cksum <"$2" 2>/dev/null)" ] # as on a small RHEL
    fi
}

# Whether the file that $1 names, which becomes $file, still is what was written there: NAME.new, or no file.
# Not so after a change by other means, nor where the write failed.
still_written() {
    [ -e "$1" ] || return 1
    file=$(cat "$1"; printf x)
    file=${file%x}
    same "${1%.path}.new" "$file"
}

say() { printf '%s %s\n' "$mark" "$*"; }

# The files that a take-back could not restore.
say_left() {
    while IFS= read -r line; do say left "$line"; done <"$state/taken_back/left"
}

systemd_unit() {
    [ -d /run/systemd/system ] || return 1
    for unit in ssh.socket sshd.socket ssh.service sshd.service; do
        if systemctl --quiet is-active "$unit"; then printf '%s' "$unit"; return 0; fi
    done
    return 1
}

main_process() {
    unit=$(systemd_unit) && systemctl show -p MainPID "${unit%.*}.service" | sed 's/^MainPID=//'
}

# Reloads the sshd whose process is $listener.
reload_sshd() {
    if [ "$command" ]; then
        sh -c "$command"
    elif unit=$(systemd_unit); then
        case $unit in
            *.socket)
                # Ubuntu's socket learns from sshd_config where to listen; sessions go on.
                systemctl daemon-reload
                systemctl try-restart "${unit%.socket}.service"
                systemctl restart "$unit"
                ;;
            *) systemctl reload "$unit" ;;
        esac
    elif [ "$listener" ]; then
        is_sshd "$listener" && kill -HUP "$listener"
    elif [ -x /etc/init.d/sshd ]; then
        /etc/init.d/sshd reload
    elif [ -x /etc/init.d/ssh ]; then
        /etc/init.d/ssh reload
    else
        service sshd reload
    fi
}
"""

TAKE_BACK = r"""
# The trial $1 becomes a take-back, if it still is on trial; never inside one that was cut off.
claim() {
    [ "$(cat "$state/trial/id" 2>/dev/null)" = "$1" ] || exit 0
    [ ! -e "$state/taking_back" ] || exit 1
    mv "$state/trial" "$state/taking_back" 2>/dev/null || exit 0
}

# Puts the old file back in place of $file.
restore() {
    folder=${file%/*}
    # Root does not write through a link that another user puts there meanwhile.
    ls -ldn -- "$folder/" | {
        read -r mode _ owner _
        case $mode in ????????w*) exit 1 ;; esac
        [ "$owner" = 0 ]
    } || { why="others may write to its folder"; return 1; }
    why="it could not be written"
    if [ -e "$base.old" ]; then
        new=$(mktemp "$folder/.sshkeep-XXXXXX") && cp -a -- "$base.old" "$new" && mv -f -- "$new" "$file"
    else
        rm -f -- "$file"
    fi
}

take_back() {
    case $2 in finish) ;; *) claim "$1" ;; esac
    cd "$state/taking_back" || exit 1
    exec >>log 2>&1
    printf '%s' "$(($(date +%s) + 60))" >until
    listener=$(cat listener)
    command=$(cat command)
    : >left
    total=0
    for name in *.path; do
        base=${name%.path}
        why="it was changed since"
        total=$((total + 1))
        if ! still_written "$name"; then
            same "$base.old" "$file" && continue # a take-back that was cut off did that
        elif restore; then
            printf 'restored %s\n' "$file"
            continue
        fi
        printf '%s was left as it is: %s\n' "$file" "$why" | tee -a left
    done
    printf '%s' "$((total - $(wc -l <left))) of $total" >count
    sync
    reload_sshd && printf 'sshd was reloaded\n'
    sleep 2
    if unit=$(systemd_unit); then
        :
    elif [ -d /run/systemd/system ] &&
        { systemctl restart ssh.service || systemctl restart sshd.service; }; then
        printf 'sshd was started\n'
    elif [ "$listener" ] && ! is_sshd "$listener"; then
        sh ./start && printf 'sshd was started\n'
    fi
    rm -rf "$state/taken_back"
    mv "$state/taking_back" "$state/taken_back"
}
take_back "$@"
"""

BEGIN = r"""
sshd=
for program in /usr/sbin/sshd /usr/local/sbin/sshd /sbin/sshd; do
    if [ -x "$program" ]; then sshd=$program; break; fi
done
[ "$sshd" ] || { say failed "sshd is not installed"; exit; }
# What writes holds this lock, too; it ends with this shell. busybox's flock can't wait for a while.
if [ -d "$state" ] && command -v flock >/dev/null; then
    exec 9<"$state"
    tries=0
    until flock -n 9; do
        tries=$((tries + 1))
        [ $tries -le 150 ] || { say failed "another change is being written"; exit; }
        nap
    done
fi
pid_file=
for file in /run/sshd.pid /var/run/sshd.pid; do
    if [ -e "$file" ]; then pid_file=$file; break; fi
done
find_session
listener=
for pid in $(main_process) $(cat ${pid_file:+"$pid_file"} </dev/null); do
    if is_sshd "$pid"; then listener=$pid; break; fi
done
# A connection outlives the sshd from which it came; then a process that does not listen is above it.
if [ -z "$listener" ] && [ "$above" ]; then
    if [ ! -r /proc/net/tcp ] || [ "$(sockets_of "$above")" ]; then listener=$above; fi
fi
# A word as the shell reads it.
quoted() {
    printf "'"
    printf '%s' "$1" | sed "s/'/'\\\\''/g"
    printf "' "
}
# As it started, without what keeps it in the foreground.
option() {
    case $1 in
        [!-]* | -*[!46Deq]*) quoted "$1" ;;
        *[46q]*) quoted "$(printf '%s' "$1" | tr -d De)" ;;
    esac
}
# The words of the title since 8.2, "sshd: COMMAND [listener] ...", have lost their quotes. sshd takes only
# options: any other word is the value of the one before it, or goes on with this value.
options_in_title() {
    title=${1#sshd: }
    set -f
    set -- ${title%% \[listener\]*}
    shift
    word=
    for next do
        case $next,$word in
            -*,* | *,-?) option "$word"; word=$next ;;
            *) word="$word $next" ;;
        esac
    done
    option "$word"
}
# The options with which an sshd was started, quoted.
options_of() {
    [ -r "/proc/$1/cmdline" ] || return
    title=$(tr '\0' ' ' <"/proc/$1/cmdline")
    case $title in
        "sshd: "*) options_in_title "$title" ;;
        *) tr '\0' '\n' <"/proc/$1/cmdline" | sed 1d | while IFS= read -r word; do option "$word"; done ;;
    esac
}
# Nobody works on a trial or a take-back any more, as after a loss of power. It may have emptied the files.
is_cut_off() {
    until=$(cat "$1/until" 2>/dev/null)
    [ -z "$check" ] && ! [ "$(date +%s)" -le "${until:-0}" ] 2>/dev/null
}
# The process that sshd had then is another one now.
finish() {
    [ -z "$listener" ] || printf '%s' "$listener" >"$1/listener"
    /bin/sh -c "$script" take_back "$(cat "$1/id" 2>/dev/null)" "$2" 9<&-
}
if [ -d "$state/taking_back" ]; then
    if is_cut_off "$state/taking_back"; then
        finish "$state/taking_back" finish
        say_left
        say failed "a take-back that was cut off is finished now; run it again"
    else
        say failed "a change is being taken back; run it again in a minute"
    fi
    exit
elif [ -d "$state/trial" ]; then
    if is_cut_off "$state/trial"; then
        finish "$state/trial"
        say_left
        say failed "a trial that was cut off is over now: its change was taken back"
    else
        say failed "another change is on trial"
    fi
    exit
fi
# sshd writes its pid file whenever it has read its files, also if something else reloaded it.
unloaded=$state/unloaded
if [ "$pid_file" ] && [ -d "$unloaded" ] && [ "$(find "$pid_file" -prune -newer "$unloaded")" ]; then
    if [ "$check" ]; then unloaded=/nonexistent; else rm -rf "$unloaded"; fi
fi
files=
for name in "$unloaded"/*.path; do
    if still_written "$name"; then
        files=1
    elif [ -z "$check" ]; then
        rm -f "${name%.path}".*
    fi
done
eval "set -- $paths"
# A link is as old as itself, and as what it leads to.
current=$pid_file
for option in "" L; do
    newest=$(ls "-1tcd$option" -- "$@" ${pid_file:+"$pid_file"} 2>/dev/null | head -n 1)
    [ "$newest" = "$pid_file" ] || current=
done
if [ -z "$force$files" ] && [ "$current" ]; then say current; exit; fi
error=$("$sshd" -t -o HostKeyAgent=none -f "$path" 2>&1) || {
    [ "$(id -u)" = 0 ] && hint= || hint="; it needs root, with become: true"
    say refused "$(printf '%s\n' "$error" | tail -n 1 | tr -d '\r')$hint"
    exit
}
if [ "$files" ]; then
    for name in "$unloaded"/*.path; do still_written "$name" && say file "$file"; done
fi
if [ "$files" ] && [ "$seconds" -gt 0 ]; then
    if [ -z "$session" ]; then
        say no_session
        exit
    elif [ "$above" != "$listener" ] && [ "$(sockets_of "${above:-0}")" ]; then
        say other_sshd "$above"
        exit
    fi
fi
if [ "$check" ]; then say would; exit; fi
old=$(sockets_of "${listener:-0}")
if [ "$files" ] && [ "$seconds" -gt 0 ]; then
    cd "$state/unloaded" || exit
    printf '%s' "$mark" >id
    printf '%s' "$session" >session
    printf '%s' "$listener" >listener
    printf '%s' "$command" >command
    printf '%s' "$script" >take_back
    printf '%s' "$(($(date +%s) + seconds + 30))" >until
    set -- "$(quoted "$sshd")" "$(quoted "$path")"
    printf 'set -- %s\n%s "$@" || %s -f %s || %s\n' "$(options_of "$listener")" "$1" "$1" "$2" "$1" >start
    # What a trial needs is on the disk before it begins, and that it began before sshd is reloaded.
    cd / && sync && rm -rf "$state/taken_back" && mv "$state/unloaded" "$state/trial" || {
        say failed "no trial can begin"
        exit
    }
    sync
    begun=$(date +%s)
    if [ -d /run/systemd/system ] && systemd-run --quiet --unit="sshkeep-trial-$mark" \
        --on-active="${seconds}s" --timer-property=AccuracySec=100ms \
        /bin/sh "$state/trial/take_back" "$mark" 2>/dev/null; then
        say timer systemd
    else
        wait="sleep $seconds; exec /bin/sh $state/trial/take_back $mark"
        if command -v setsid >/dev/null; then setsid sh -c "$wait" </dev/null >/dev/null 2>&1 9<&- &
        else nohup sh -c "$wait" </dev/null >/dev/null 2>&1 9<&- &
        fi
        say timer shell
    fi
    say trial
fi
error=$(reload_sshd 2>&1 9<&-) || {
    say not_reloaded "$(printf '%s\n' "$error" | tail -n 1)"
    [ -d "$state/trial" ] && /bin/sh -c "$script" take_back "$mark" 9<&-
    exit
}
if [ "$old" ]; then
    tries=0
    while :; do
        now=$(sockets_of "$listener")
        again=$now
        for inode in $old; do
            case " $now" in *" $inode "*) again= ;; esac
        done
        [ "$again" ] && break
        unit=$(systemd_unit) && case $unit in *.socket) break ;; esac
        tries=$((tries + 1))
        if [ $tries -gt 25 ] || ! is_sshd "$listener"; then
            why="has ended"
            is_sshd "$listener" && why="has not read its files again"
            say not_reloaded "sshd (process $listener) $why"
            [ -d "$state/trial" ] && /bin/sh -c "$script" take_back "$mark" 9<&-
            exit
        fi
        nap
    done
    say seen "sshd (process $listener) listens anew"
fi
[ -d "$state/trial" ] || rm -rf "$state/unloaded"
now=$(date +%s)
say reloaded "$((now - ${begun:-$now}))"
"""

END = r"""
# What does not show that sshd, as it is now, lets somebody in.
if [ "$confirm" ]; then
    find_session
    listener=$(cat "$state/trial/listener" 2>/dev/null)
    if [ -z "$session" ] || [ "$session" = "$(cat "$state/trial/session" 2>/dev/null)" ]; then
        say same_session
        exit
    elif is_sshd "${listener:-0}" && [ "$above" != "$listener" ]; then
        say other_sshd "$above"
        exit
    fi
fi
if [ "$confirm" ] && [ "$(cat "$state/trial/id" 2>/dev/null)" = "$id" ] &&
    mv "$state/trial" "$state/confirmed" 2>/dev/null; then
    rm -rf "$state/confirmed"
    [ ! -d /run/systemd/system ] || systemctl stop "sshkeep-trial-$id.timer" 2>/dev/null
    say confirmed
elif [ -d "$state/taken_back" ] && [ "$(cat "$state/taken_back/id")" = "$id" ]; then
    while IFS= read -r line; do say log "$line"; done <"$state/taken_back/log"
    say_left
    say taken_back "$(cat "$state/taken_back/count")"
    rm -rf "$state/taken_back"
else
    say waiting
fi
"""


class Command(NamedTuple):
    """A shell command, and the mark with which each line of its answer begins."""

    text: str
    mark: str

    def answers(self, stdout: str) -> list[tuple[str, str]]:
        """The words that it said, each with what follows it."""
        lines = (line.strip() for line in stdout.splitlines())
        said = (line[len(self.mark) + 1 :] for line in lines if line.startswith(f"{self.mark} "))
        return [(word, rest) for word, _unused, rest in (line.partition(" ") for line in said)]


def begin_command(
    path: str, paths: list[str], seconds: int, reload_command: str, *, force: bool, check: bool
) -> Command:
    """Reloads sshd, which reads ``path`` and all of ``paths``; the mark is the name of the trial."""
    values = {
        "path": path,
        "paths": " ".join(map(quote, paths)),
        "seconds": str(seconds),
        "command": reload_command,
        "force": "1" if force else "",
        "check": "1" if check else "",
        "script": COMMON.replace("STATE", STATE) + TAKE_BACK,
    }
    return _command(BEGIN, values)


def end_command(trial: str, *, confirm: bool) -> Command:
    """Confirms the trial, or asks what became of it."""
    return _command(END, {"id": trial, "confirm": "1" if confirm else ""})


def _command(script: str, values: Mapping[str, str]) -> Command:
    mark = f"sshkeep{token_hex(8)}"
    head = "".join(f"{name}={quote(value)}\n" for name, value in {**values, "mark": mark}.items())
    return Command(head + COMMON.replace("STATE", STATE) + script, mark)
