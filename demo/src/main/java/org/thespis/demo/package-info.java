/** The actors of the demo. */
package org.thespis.demo;
