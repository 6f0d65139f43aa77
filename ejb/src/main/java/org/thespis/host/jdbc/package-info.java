/** The state store in a relational database; see docs/store.md for the table. */
package org.thespis.host.jdbc;
