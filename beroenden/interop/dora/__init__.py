"""The DORA Register of Information: the bank and supplier half of a payment chain, from the reports to supervisors."""
