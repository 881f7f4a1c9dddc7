"""Hold the certificates: who is certified, for what, where, since when and until when (ISO/IEC 17021-1).

Owns: certification bodies and their grades, certificates and their cycles, scope cells (activity × site),
suspensions, declared activities, certification audits and the sites they sampled.
Certificates are public facts: everybody who is signed in sees them with their names.
"The whole network is certified since …" is computed here from certificates and never typed.
Does not: judge readiness (readiness), plan waves (programme), run internal audits (evaluation/audits).
"""
