"""Tell how ready each organization is: self-assessment, gaps, change of edition (ISO 9001 §9.1.3, §10.3).

Owns the answers of organizations to the clauses of an edition (« autodiagnostic »): maturity, evidence, gap and
the one action that closes it: in words, or one of the action plan, which then says how far it is.
It does not hold the clauses (standards), certificates, nor the programme's waves.
"""
