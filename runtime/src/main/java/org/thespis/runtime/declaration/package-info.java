/** What an author declares, and how an author's methods are called. */
package org.thespis.runtime.declaration;
