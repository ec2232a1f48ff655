"""Letters: every e-mail the service sends is a row first, sent by a job, once."""
