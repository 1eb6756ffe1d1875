"""What hardening guides demand of these files; run when selected."""
