"""Show certificates, what they cover, their audits and the calculator; take down what happens to them."""
