// SPDX-License-Identifier: GPL-3.0-or-later
//! Opens sessions and puts the ports over them.
#include "ledger/postgres/open.h"

#include "ledger/postgres/postgresbench.h"
#include "ledger/postgres/postgresledger.h"
#include "ledger/postgres/postgresloader.h"
#include "ledger/postgres/serverfacts.h"

namespace tallystick::postgres {

namespace {

Result<std::unique_ptr<PostingWay>> wayFor(Session& session, const Target& target)
{
    if (target.fault)
        return makeBrokenWay(session, *target.fault);
    switch (target.way) {
    case Way::RowLock:
        return makeRowLockWay(session);
    case Way::Function:
        return makeFunctionWay(session);
    case Way::Statements:
        return makeStatementsWay(session, target.statements);
    }
    Q_UNREACHABLE();
}

Result<std::unique_ptr<Session>> openLabSession(const Connection& connection)
{
    auto session = Session::open(connection);
    if (!session)
        return session;
    if (Outcome lab = requireLab(**session); !lab)
        return lab.error();
    return session;
}

} // namespace

Result<std::unique_ptr<Ledger>> openLedger(const Connection& connection, const Target& target)
{
    const bool isForLabs = target.fault || target.way == Way::Statements;
    auto session = isForLabs ? openLabSession(connection) : Session::open(connection);
    if (!session)
        return session.error();
    auto way = wayFor(**session, target);
    if (!way)
        return way.error();
    return std::unique_ptr<Ledger>(
        std::make_unique<PostgresLedger>(*std::move(session), *std::move(way)));
}

Result<std::unique_ptr<Bench>> openBench(const Connection& connection)
{
    auto session = openLabSession(connection);
    if (!session)
        return session.error();
    return std::unique_ptr<Bench>(std::make_unique<PostgresBench>(*std::move(session)));
}

Result<std::unique_ptr<Loader>> openLoader(const Connection& connection)
{
    auto session = openLabSession(connection);
    if (!session)
        return session.error();
    auto loader = PostgresLoader::begin(*std::move(session));
    if (!loader)
        return loader.error();
    return std::unique_ptr<Loader>(*std::move(loader));
}

} // namespace tallystick::postgres
