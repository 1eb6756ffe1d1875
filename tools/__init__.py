"""What makes files for users out of the checkout."""
