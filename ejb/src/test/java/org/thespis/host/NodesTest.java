package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.jndi.JndiSettings;

class NodesTest {

    private final NamesOfTest names = NamesOfTest.open();

    @AfterEach
    void close() {
        names.close();
    }

    @Test
    void withoutANameTheNodeIsTheOnlyOne() {
        assertThat(Nodes.node(new JndiSettings(), null, () -> Runnable::run)).isEmpty();
        assertThat(NamesOfTest.ASKED).noneMatch(name -> name.contains("cluster-"));
    }

    @Test
    void aClusterNeedsADatabaseAndItsLibrary() {
        NamesOfTest.NAMES.put("thespis/cluster", "shop");
        assertThatThrownBy(() -> Nodes.node(new JndiSettings(), null, () -> Runnable::run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thespis/cluster needs a data source");
        NamesOfTest.NAMES.put("thespis/DataSource", new JdbcDataSource());
        assertThatThrownBy(() -> Nodes.node(new JndiSettings(), null, () -> Runnable::run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no thespis-cluster in its libraries"); // as here
    }
}
