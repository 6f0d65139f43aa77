/** Checks bearer tokens: whose they are, whether they count here, and what they say. */
package org.thespis.gateway.token;
