"""People who sign in, what they are for the LGA, invitations, sign-in."""
