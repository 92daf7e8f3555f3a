// SPDX-License-Identifier: GPL-3.0-or-later
//! A message handler before Qt's own.
#include "app/messages.h"

#include <QtCore/QString>

#include <algorithm>
#include <array>

namespace tallystick {

namespace {

QtMessageHandler& before()
{
    static QtMessageHandler handler = nullptr;
    return handler;
}

/// The driver's have no category of their own.
bool isDriverRemark(const QString& text)
{
    constexpr std::array starts{"QPSQL", "QSqlDatabase", "QSqlQuery", "QSqlResult",
                                "Unable to free statement"};
    return std::any_of(starts.begin(), starts.end(), [&text](const char* start) {
        return text.startsWith(QLatin1String(start));
    });
}

void pass(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type != QtFatalMsg && isDriverRemark(text))
        return;
    before()(type, context, text);
}

} // namespace

void leaveOutDriverRemarks()
{
    before() = qInstallMessageHandler(pass);
}

} // namespace tallystick
