// SPDX-License-Identifier: GPL-3.0-or-later
//! Opens sessions on the chosen database and keeps its lab running while they are needed.
#include "app/composition.h"

#include "ledger/postgres/open.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QUrl>

#include <optional>

namespace tallystick {

namespace {

constexpr int readTimeoutMillis = 30'000;
/// A person waits no longer for somebody else's lock; then nothing was applied.
constexpr int writeLockTimeoutMillis = 10'000;
constexpr int runLockTimeoutMillis = 60'000; ///< a run's queues may be long

Failure cancelled()
{
    return {.kind = Failure::Kind::Cancelled,
            .sqlState = {},
            .statement = QStringLiteral("lab"),
            .text = {}};
}

bool isUnreachable(const Failure* failure)
{
    return failure && failure->kind == Failure::Kind::Unreachable;
}

/// A server that runs on a cluster with files missing says so only when it is asked: the database
/// is not there, a file is not, its content makes no sense (manual, "PostgreSQL Error Codes").
Error seenInTheLab(Error error)
{
    static const QStringList states{QStringLiteral("3D000"), QStringLiteral("58P01"),
                                    QStringLiteral("XX001"), QStringLiteral("XX002")};
    if (auto* failure = std::get_if<Failure>(&error); failure && states.contains(failure->sqlState))
        failure->kind = Failure::Kind::LabDamaged;
    return error;
}

} // namespace

struct Place::Shared
{
    Shared(const Whereabouts& where, std::stop_token stopRequest)
        : stop(std::move(stopRequest))
    {
        if (where.uri)
            m_connection.uri = *where.uri;
        else
            m_use.emplace(where.labDirectory);
    }

    Outcome prepare(const Lab::Progress& progress)
    {
        const std::lock_guard guard(m_mutex);
        if (isOver())
            return cancelled();
        if (!m_use)
            return Done{};
        const Result<Connection> entered = m_use->enter(progress, stop);
        if (!entered)
            return entered.error();
        m_connection = *entered;
        if (progress)
            progress(QStringLiteral("schema"));
        if (Outcome laid = postgres::layLabSchema(m_connection); !laid)
            return seenInTheLab(laid.error());
        return isOver() ? Outcome(cancelled()) : Outcome(Done{});
    }

    Connection connection()
    {
        const std::lock_guard guard(m_mutex);
        return m_connection;
    }

    /// Opens with \a open; where the lab's server has gone it is started again first.
    template <class Open>
    auto opened(const Open& open) -> decltype(open(Connection()))
    {
        auto session = open(connection());
        if (session || !isUnreachable(session.failure()))
            return session;
        {
            const std::lock_guard guard(m_mutex);
            if (m_hasLeft)
                return cancelled();
            if (!m_use || m_use->lab().status().state == LabStatus::State::Running)
                return session;
            const Result<Connection> started = m_use->enter({}, stop);
            if (!started)
                return started.error();
            m_connection = *started;
            // It may have been set aside meanwhile: then this is a new one.
            if (Outcome laid = postgres::layLabSchema(m_connection); !laid)
                return seenInTheLab(laid.error());
        }
        return open(connection());
    }

    Result<std::unique_ptr<Ledger>> openedReader(int timeoutMillis)
    {
        return opened([timeoutMillis](Connection connection) {
            connection.readOnly = true;
            connection.statementTimeoutMillis = timeoutMillis;
            return postgres::openLedger(connection);
        });
    }

    /// Only a marked database is written to: for any other the guards of writing come first
    /// (environment classes, unlocking, limits), and this version has none of them.
    Result<std::unique_ptr<Ledger>> openedWriter(Way way)
    {
        return opened([way](Connection connection) -> Result<std::unique_ptr<Ledger>> {
            connection.lockTimeoutMillis = writeLockTimeoutMillis;
            auto ledger =
                postgres::openLedger(connection, {.way = way, .fault = {}, .statements = {}});
            if (!ledger)
                return ledger;
            const auto facts = (*ledger)->server();
            if (!facts)
                return facts.error();
            if (!facts->isLab)
                return Failure{.kind = Failure::Kind::NoLabMarker,
                               .sqlState = {},
                               .statement = QStringLiteral("marker"),
                               .text = facts->database};
            return ledger;
        });
    }

    void leave()
    {
        const std::lock_guard guard(m_mutex);
        m_hasLeft = true;
        if (m_use)
            m_use->leave();
    }

    /// The caller holds the mutex.
    [[nodiscard]] bool isOver() const { return m_hasLeft || stop.stop_requested(); }

    const std::stop_token stop;

    std::mutex m_mutex;
    std::optional<LabUse> m_use; ///< none on a database that was named
    Connection m_connection;
    bool m_hasLeft = false;
};

Whereabouts whereabouts(const Options& options, const QString& environmentConnection)
{
    Whereabouts where;
    const QString named = options.connection.value_or(environmentConnection);
    if (!named.isEmpty() && named != QLatin1String("lab"))
        where.uri = named;
    where.labDirectory = options.data.isEmpty()
                             ? defaultLabDirectory()
                             : QDir::cleanPath(QDir().absoluteFilePath(options.data));
    return where;
}

Place::Place(const Whereabouts& where, Interrupt& interrupt)
    : m_where(where)
    , m_shared(std::make_shared<Shared>(where, interrupt.token()))
{
    interrupt.leaveBy([shared = m_shared] { shared->leave(); });
}

Place::~Place()
{
    m_shared->leave();
}

Outcome Place::prepare(const Lab::Progress& progress)
{
    return m_shared->prepare(progress);
}

std::stop_token Place::stopToken() const
{
    return m_shared->stop;
}

Outcome Place::seedWhenEmpty(const std::function<void(qint64, qint64)>& progress,
                             std::stop_token stop)
{
    auto loader = postgres::openLoader(connection());
    if (!loader)
        return loader.error();
    const auto isEmpty = (*loader)->isEmpty(); // and stays so: whoever makes users meanwhile waits
    if (!isEmpty)
        return isEmpty.error();
    if (!*isEmpty)
        return Done{};
    const auto summary = seedDemo(DemoPlan{}, **loader, progress, stop);
    if (!summary)
        return summary.error();
    return Done{};
}

Result<DemoSummary> Place::seed(const DemoPlan& plan,
                                const std::function<void(qint64, qint64)>& progress,
                                std::stop_token stop)
{
    auto loader = postgres::openLoader(connection());
    if (!loader)
        return loader.error();
    if (Outcome cleared = (*loader)->clear(); !cleared)
        return cleared.error();
    return seedDemo(plan, **loader, progress, stop);
}

LabUse& Place::labUse()
{
    Q_ASSERT(m_shared->m_use);
    return *m_shared->m_use;
}

Connection Place::connection() const
{
    return m_shared->connection();
}

Result<std::unique_ptr<Ledger>> Place::openReader(Patience patience) const
{
    return m_shared->openedReader(patience == Patience::Limited ? readTimeoutMillis : 0);
}

Result<std::unique_ptr<Ledger>> Place::openWriter() const
{
    return m_shared->openedWriter(Way::Function);
}

TargetOpener Place::targetOpener() const
{
    // Not started again when it is gone: a stress run must see what happens to the server.
    return [shared = m_shared](const Target& target, const QString& sessionName) {
        Connection connection = shared->connection();
        connection.sessionName = sessionName;
        connection.lockTimeoutMillis = runLockTimeoutMillis;
        return postgres::openLedger(connection, target);
    };
}

BenchOpener Place::benchOpener() const
{
    return [shared = m_shared] { return postgres::openBench(shared->connection()); };
}

Result<Services> Place::services() const
{
    auto reader = openReader();
    if (!reader)
        return reader.error();
    const auto facts = (*reader)->server();
    if (!facts)
        return facts.error();
    const bool hasMarker = facts->isLab;
    Services services;
    services.reader = [shared = m_shared] { return shared->openedReader(readTimeoutMillis); };
    services.writer = [shared = m_shared](Way way) { return shared->openedWriter(way); };
    if (hasMarker) {
        services.target = targetOpener();
        services.bench = benchOpener();
    }
    services.placeName = isLab() ? QStringLiteral("Lab") : facts->database;
    services.operatorName = qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
    services.environment = hasMarker ? EnvironmentClass::Lab : EnvironmentClass::Production;
    return services;
}

std::optional<QString> missingDriver()
{
    for (const QString& path : QCoreApplication::libraryPaths())
        if (!QDir(path + QStringLiteral("/sqldrivers"))
                 .entryList({QStringLiteral("*qsqlpsql*")}, QDir::Files)
                 .isEmpty())
            return std::nullopt;
    return QStringLiteral("Qt's PostgreSQL driver is not installed; nothing was read or written. "
                          "On Debian and Ubuntu: apt install libqt6sql6-psql");
}

} // namespace tallystick
