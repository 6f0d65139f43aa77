package org.thespis.cluster.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.thespis.cluster.Lease;

class JdbcLeaseTest {

    private static JdbcDataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static void oneAtATimeHasIt(DataSource source) {
        JdbcLease lease = new JdbcLease(source, "shop");
        JdbcLease other = new JdbcLease(source, "shop");
        List<CompletableFuture<Void>> both = Stream.of(lease, other)
                .map(one -> CompletableFuture.runAsync(one::prepare))
                .toList();
        both.forEach(CompletableFuture::join);
        assertThat(lease.read()).isEmpty();
        assertThat(lease.take(Optional.empty(), "a")).isTrue();
        assertThat(other.take(Optional.empty(), "b")).isFalse();
        Optional<Lease.Row> first = other.read();
        assertThat(first).contains(new Lease.Row("a", 1));
        assertThat(other.take(first, "b")).isTrue();
        assertThat(lease.take(first, "a")).isFalse();
        assertThat(lease.read()).contains(new Lease.Row("b", 2));
        JdbcLease elsewhere = new JdbcLease(source, "another cluster");
        elsewhere.prepare();
        assertThat(elsewhere.read()).isEmpty();
    }

    @Test
    void oneAtATimeHasItOnH2() {
        oneAtATimeHasIt(h2("lease"));
    }

    @Test
    void oneAtATimeHasItOnPostgreSql() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            oneAtATimeHasIt(postgres.getPostgresDatabase());
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAnError() {
        JdbcDataSource none = new JdbcDataSource();
        none.setURL("jdbc:h2:tcp://localhost:1/none");
        JdbcLease lease = new JdbcLease(none, "shop");
        assertThatThrownBy(lease::read).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lease::prepare).isInstanceOf(IllegalStateException.class);
    }
}
