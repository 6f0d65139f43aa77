/** A reverse proxy that keeps clients coming back while the application server behind it is redeployed or restarted. */
package org.thespis.front;
