-- H2 writes what lies in one page of a table together. A state of megabytes in its row made each commit of its neighbours write
-- those, too; so what is long lies apart there. PostgreSQL does so by itself.
${apart};
