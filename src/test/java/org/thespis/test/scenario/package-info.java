/** The conformance suite's scenarios, restated for the Java client. */
package org.thespis.test.scenario;
