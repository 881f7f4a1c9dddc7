"""Show programmes and the public timeline; take down waves, milestones and experience passed on."""
