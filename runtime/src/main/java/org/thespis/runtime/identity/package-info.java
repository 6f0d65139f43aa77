/** Who calls a turn, as the application server's own interfaces say it: CDI, Jakarta Security, Jakarta Enterprise Beans. */
package org.thespis.runtime.identity;
