// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs the built program as a process, as a shell would.
#pragma once
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>

#include <memory>

namespace tallystick {

/// How a run of the program ended.
struct Ended
{
    int code = -1; ///< −1: it crashed or had to be killed
    QByteArray out;
    QByteArray err;
    [[nodiscard]] QJsonObject json() const; ///< of \a out; empty when that is no JSON document
    [[nodiscard]] QString said() const { return QString::fromUtf8(err); }
    /// Everything, for the message of a failing check.
    [[nodiscard]] QByteArray all() const;
};

/// The program with an environment of its own: no display, no connection, XDG directories below a
/// temporary one.
class Program final
{
public:
    /// \a globals are put before every verb, e.g. --connection URI.
    explicit Program(QStringList globals = {});
    void setVariable(const QString& name, const QString& value);
    void unsetVariable(const QString& name);

    [[nodiscard]] Ended run(const QStringList& arguments, int timeoutMillis = 60'000) const;
    /// The same, not waited for.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& arguments) const;
    [[nodiscard]] static Ended ended(QProcess& process, int timeoutMillis = 60'000);
    [[nodiscard]] QString home() const { return m_home->path(); }

private:
    QStringList m_globals;
    std::shared_ptr<QTemporaryDir> m_home;
    QProcessEnvironment m_environment;
};

/// The words of a shell line.
[[nodiscard]] QStringList words(const char* line);

} // namespace tallystick

/// Compares exit codes and shows everything the program said when they differ.
#define COMPARE_CODE(run, expected)                                                                \
    do {                                                                                           \
        const tallystick::Ended& endedOnce = (run);                                                \
        QVERIFY2(endedOnce.code == (expected), (QByteArray::number(endedOnce.code) +               \
                                                " is not " #expected "\n" + endedOnce.all())       \
                                                   .constData());                                  \
    } while (false)
