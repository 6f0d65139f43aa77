/** A reverse proxy that keeps clients coming back while the application servers behind it are redeployed or restarted. */
package org.thespis.front;
