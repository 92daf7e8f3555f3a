// SPDX-License-Identifier: GPL-3.0-or-later
//! One database session: opened, used and dropped on one thread.
#pragma once
#include "ledger/core/connection.h"
#include "ledger/core/result.h"
#include "ledger/postgres/failure.h"
#include "ledger/postgres/statement.h"

#include <QtCore/QHash>
#include <QtCore/QVariant>
#include <QtSql/QSqlDatabase>

#include <memory>
#include <utility>
#include <vector>

namespace tallystick::postgres {

/// Named values of a statement's placeholders, without the colon.
using Bindings = std::vector<std::pair<const char*, QVariant>>;

/// Keeps its statements prepared: each is parsed once a session, however often it runs.
class Session final
{
public:
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const Connection& connection);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Runs resources/sql/{name}.sql. The statement stays the session's: read its rows before the
    /// same statement runs again. \a sent says what a lost session would mean here.
    [[nodiscard]] Result<Statement*> run(const char* name, const Bindings& bindings = {},
                                         Sent sent = Sent::Statement);
    /// Runs \a sql as it is, unprepared; it may hold several statements.
    [[nodiscard]] Outcome runText(const QString& sql, const QString& name,
                                  Sent sent = Sent::Statement);
    [[nodiscard]] bool isAlive() const;
    /// Asks the server to end the running statement (PQcancel); harmless when none runs.
    void cancel() const;
    /// The libpq connection (PGconn*) of this session, for what the driver does not offer.
    [[nodiscard]] void* handle() const;
    /// The failure the last error of \a query stands for (streams can break in the middle).
    [[nodiscard]] Failure failureOf(const QSqlQuery& query, const QString& name, Sent sent) const;

private:
    Session(QSqlDatabase database, QString name);
    QSqlDatabase m_database;
    QString m_name; ///< of the Qt connection
    QHash<QByteArray, std::shared_ptr<Statement>> m_statements;
};

} // namespace tallystick::postgres
