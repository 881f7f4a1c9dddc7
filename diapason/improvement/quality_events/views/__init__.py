"""Show events, and take down what happens to them."""
