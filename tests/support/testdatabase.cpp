// SPDX-License-Identifier: GPL-3.0-or-later
//! Databases with the lab schema, cloned from one template.
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

namespace tallystick {

Connection TestServer::createDatabase()
{
    const QString prepared = QStringLiteral("lab_template");
    if (!m_hasTemplate) {
        runSql(connection(), QStringLiteral("CREATE DATABASE %1").arg(prepared));
        if (const Outcome laid = postgres::layLabSchema(connection(prepared)); !laid)
            qFatal("the lab schema cannot be laid: %s", qPrintable(laid.failure()->text));
        m_hasTemplate = true;
    }
    const QString name = QStringLiteral("test_%1").arg(++m_databases);
    runSql(connection(), QStringLiteral("CREATE DATABASE %1 TEMPLATE %2").arg(name, prepared));
    return connection(name);
}

} // namespace tallystick
