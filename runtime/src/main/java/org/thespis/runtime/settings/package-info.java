/** What an installation may set. */
package org.thespis.runtime.settings;
