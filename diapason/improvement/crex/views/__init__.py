"""Show meetings, and take down what is done at them."""
