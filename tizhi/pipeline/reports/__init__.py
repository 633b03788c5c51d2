"""报告: documents composed from all of the stages before; a quarter's report to the ministry [四(四)].

takes: activities, filings      makes: Report, Part, Brief
"""
