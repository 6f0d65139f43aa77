/** The client protocol of RivetKit 2.3, version 4: messages and their three encodings. No sockets, no CDI. */
package org.thespis.protocol;
