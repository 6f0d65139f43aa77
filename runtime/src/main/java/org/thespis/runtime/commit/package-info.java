/** Makes states durable, and lets out what turns said when theirs is. */
package org.thespis.runtime.commit;
