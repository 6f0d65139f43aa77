/** What actors have planned. */
package org.thespis.runtime.schedule;
