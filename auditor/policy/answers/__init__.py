"""What was decided about lengths: forks, bounds, verdicts and the policy's table."""
