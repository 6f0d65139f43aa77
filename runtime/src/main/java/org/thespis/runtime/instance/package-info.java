/** Live actors: how they come to be, what they are made of, and their one way to end. */
package org.thespis.runtime.instance;
