// SPDX-License-Identifier: GPL-3.0-or-later
//! Starts Xvfb and dbus-daemon, and drives windows with xdotool.
#include "tests/e2e/screen.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QThread>

namespace tallystick {

using namespace Qt::StringLiterals;

namespace {

constexpr int startMillis = 20000;

/// The first line \a process writes.
QString firstLine(QProcess& process)
{
    QElapsedTimer timer;
    timer.start();
    while (!process.canReadLine() && !timer.hasExpired(startMillis))
        if (!process.waitForReadyRead(200) && process.state() == QProcess::NotRunning)
            break;
    return QString::fromLocal8Bit(process.readLine()).trimmed();
}

void end(QProcess& process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(5000)) {
        process.kill();
        process.waitForFinished(5000);
    }
}

} // namespace

Screen::~Screen()
{
    end(m_bus);
    end(m_server);
}

QString Screen::start(const QString& size)
{
    m_server.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, size + u"x24"_s,
                               u"-nolisten"_s, u"tcp"_s, u"-noreset"_s});
    const QString number = firstLine(m_server);
    if (number.isEmpty())
        return u"Xvfb did not start: "_s + m_server.errorString();
    m_display = u':' + number;
    m_bus.setProcessEnvironment(environment());
    m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    m_busAddress = firstLine(m_bus);
    if (m_busAddress.isEmpty())
        return u"dbus-daemon did not start: "_s + m_bus.errorString();
    return {};
}

QProcessEnvironment Screen::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"WAYLAND_DISPLAY"_s);
    environment.insert(u"DISPLAY"_s, m_display);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_busAddress);
    environment.remove(u"AT_SPI_BUS_ADDRESS"_s);
    return environment;
}

QString Screen::run(const QString& program, const QStringList& arguments) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(program, arguments);
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

QString Screen::windowOf(qint64 pid, int millis) const
{
    QElapsedTimer timer;
    timer.start();
    do {
        QString largest;
        int widest = 0;
        const QString found =
            run(u"xdotool"_s, {u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(pid)});
        for (const QString& window : found.split(u'\n', Qt::SkipEmptyParts)) {
            const QString geometry =
                run(u"xdotool"_s, {u"getwindowgeometry"_s, u"--shell"_s, window});
            const int width = geometry.section(u"WIDTH="_s, 1).section(u'\n', 0, 0).toInt();
            if (width > widest) {
                widest = width;
                largest = window;
            }
        }
        if (!largest.isEmpty())
            return largest;
        QThread::msleep(100);
    } while (!timer.hasExpired(millis));
    return {};
}

QString Screen::titleOf(const QString& window) const
{
    return run(u"xdotool"_s, {u"getwindowname"_s, window});
}

void Screen::focus(const QString& window) const
{
    run(u"xdotool"_s, {u"windowfocus"_s, u"--sync"_s, window});
}

void Screen::press(const QString& key) const
{
    run(u"xdotool"_s, {u"key"_s, u"--clearmodifiers"_s, key});
}

void Screen::type(const QString& text) const
{
    run(u"xdotool"_s, {u"type"_s, u"--delay"_s, u"25"_s, text});
}

void Screen::click(const QPoint& at) const
{
    run(u"xdotool"_s, {u"mousemove"_s, u"--sync"_s, QString::number(at.x()),
                       QString::number(at.y()), u"click"_s, u"1"_s});
}

bool Screen::save(const QString& file) const
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(u"import"_s, {u"-window"_s, u"root"_s, file});
    return process.waitForFinished(20000) && process.exitCode() == 0;
}

} // namespace tallystick
