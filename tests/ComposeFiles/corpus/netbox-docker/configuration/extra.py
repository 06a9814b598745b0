# Further settings of NetBox.
