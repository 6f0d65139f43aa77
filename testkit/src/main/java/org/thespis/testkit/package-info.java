/** For authors: runs actors in a plain JUnit test, with a time, a store and clients that are in the hand of the test. */
package org.thespis.testkit;
