"""Show lessons and take down what is decided about them."""
