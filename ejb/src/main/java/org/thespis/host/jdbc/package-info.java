/** The state store in a relational database; see docs/store.md for the tables. */
package org.thespis.host.jdbc;
