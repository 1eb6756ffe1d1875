"""What hardening guides ask of these files; run when asked for."""
