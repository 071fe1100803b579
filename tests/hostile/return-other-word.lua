return ve.csv {}
