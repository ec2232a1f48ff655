"""What bin/run starts once the packages are there: database, web server and job worker, watched and restarted."""
