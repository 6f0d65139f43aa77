/** How a state is written so that it comes back equal: by the fields of an author's classes, from and to bytes at once. */
package org.thespis.runtime.document;
