;; A session in Emacs, with editors/emacs.el: applies "fix all", saves, writes what it saw.
;; Environment: FILE, SEEN (where to write).
(package-initialize)
(require 'eglot)
(require 'json)

(defun wait (what is-so)
  "Let the server's messages in until IS-SO returns non-nil; fail with WHAT after a minute."
  (with-timeout (60 (error "no %s" what))
    (while (not (funcall is-so)) (accept-process-output nil 0.02))))

(setq eglot-sync-connect 60 make-backup-files nil)
(find-file (getenv "FILE"))
;; `eglot-ensure' connects when Emacs is idle, which it never is in a batch.
(apply #'eglot--connect (eglot--guess-contact))
(flymake-start)
(wait "diagnostics" (lambda () (flymake-diagnostics)))
(let ((seen (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
  (with-temp-file (getenv "SEEN") (insert (json-encode seen))))
(let ((before (buffer-string)))
  ;; eglot 1.9 drops actions of a kind below the one that it asks for.
  (eglot-code-actions (point-min) (point-max) "source.fixAll.sshkeep" t)
  (wait "edit" (lambda () (not (equal before (buffer-string))))))
(save-buffer)
(wait "diagnostics of the fixed text" (lambda () (null (flymake-diagnostics))))
(kill-emacs 0)
