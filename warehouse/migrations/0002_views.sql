-- Views stand in warehouse/views and are made anew by whatever migrates; this one made them first.
SELECT 1;
