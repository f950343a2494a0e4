"""The real router against queueing theory: equal call by call, or inside the confidence interval of the exact value."""
