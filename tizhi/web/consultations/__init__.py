"""问诊: consultations as cases."""
