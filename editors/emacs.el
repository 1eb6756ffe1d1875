;; In init.el.
(define-derived-mode sshd-config-mode conf-space-mode "sshd_config")
(define-derived-mode ssh-config-mode conf-space-mode "ssh_config")
(add-to-list 'auto-mode-alist '("/sshd_config\\'\\|/sshd_config\\.d/.*\\.conf\\'" . sshd-config-mode))
(add-to-list 'auto-mode-alist '("/\\.ssh/config\\'\\|/ssh_config\\'\\|/ssh_config\\.d/.*\\.conf\\'" . ssh-config-mode))
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((sshd-config-mode ssh-config-mode) . ("sshkeep" "lsp"))))
(add-hook 'sshd-config-mode-hook 'eglot-ensure)
(add-hook 'ssh-config-mode-hook 'eglot-ensure)
