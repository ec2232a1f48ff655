"""What happened, by whom and when: every write is an operation, every business table has its trigger."""
