"""What app, worker and beat share."""
