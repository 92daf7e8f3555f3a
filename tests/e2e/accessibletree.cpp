// SPDX-License-Identifier: GPL-3.0-or-later
//! Walks the objects of org.a11y.atspi.
#include "tests/e2e/accessibletree.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QThread>
#include <QtCore/QUuid>
#include <QtDBus/QDBusArgument>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusObjectPath>
#include <QtDBus/QDBusReply>
#include <QtDBus/QDBusVariant>

namespace tallystick {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostNodes = 4000;
constexpr int mostChildren = 120;
constexpr int answerMillis = 3000;

// Bits of org.a11y.atspi's StateType.
constexpr int stateEnabled = 8;
constexpr int stateFocused = 12;
constexpr int stateShowing = 25;

/// An object on the bus: who has it and where.
struct Place
{
    QString service;
    QString path;
};

QDBusMessage call(const QDBusConnection& bus, const Place& place, const QString& interface,
                  const QString& method, const QVariantList& arguments = {})
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(place.service, place.path, interface, method);
    message.setArguments(arguments);
    return bus.call(message, QDBus::Block, answerMillis);
}

QVariant property(const QDBusConnection& bus, const Place& place, const QString& interface,
                  const QString& name)
{
    const QDBusMessage answer =
        call(bus, place, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {interface, name});
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return {};
    return answer.arguments().first().value<QDBusVariant>().variant();
}

QList<Place> children(const QDBusConnection& bus, const Place& place)
{
    const QDBusMessage answer = call(bus, place, u"org.a11y.atspi.Accessible"_s, u"GetChildren"_s);
    QList<Place> found;
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return found;
    const auto list = answer.arguments().first().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd() && found.size() < mostChildren) {
        Place child;
        QDBusObjectPath path;
        list.beginStructure();
        list >> child.service >> path;
        list.endStructure();
        child.path = path.path();
        found.append(child);
    }
    list.endArray();
    return found;
}

quint64 stateOf(const QDBusConnection& bus, const Place& place)
{
    const QDBusMessage answer = call(bus, place, u"org.a11y.atspi.Accessible"_s, u"GetState"_s);
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return 0;
    QList<uint> words;
    answer.arguments().first().value<QDBusArgument>() >> words;
    return words.size() < 2 ? 0 : quint64(words[0]) | quint64(words[1]) << 32;
}

QRect extentsOf(const QDBusConnection& bus, const Place& place)
{
    const QDBusMessage answer = call(bus, place, u"org.a11y.atspi.Component"_s, u"GetExtents"_s,
                                     {uint(0)}); // 0: on the screen
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return {};
    int x = 0, y = 0, width = 0, height = 0;
    const auto rect = answer.arguments().first().value<QDBusArgument>();
    rect.beginStructure();
    rect >> x >> y >> width >> height;
    rect.endStructure();
    return {x, y, width, height};
}

AccessibleNode nodeAt(const QDBusConnection& bus, const Place& place)
{
    AccessibleNode node;
    const QDBusMessage role = call(bus, place, u"org.a11y.atspi.Accessible"_s, u"GetRoleName"_s);
    if (role.type() == QDBusMessage::ReplyMessage)
        node.role = role.arguments().value(0).toString();
    node.name = property(bus, place, u"org.a11y.atspi.Accessible"_s, u"Name"_s).toString();
    const quint64 state = stateOf(bus, place);
    node.isShowing = state >> stateShowing & 1;
    node.isEnabled = state >> stateEnabled & 1;
    node.isFocused = state >> stateFocused & 1;
    if (node.isShowing) {
        node.onScreen = extentsOf(bus, place);
        const QDBusMessage text = call(bus, place, u"org.a11y.atspi.Text"_s, u"GetText"_s, {0, -1});
        if (text.type() == QDBusMessage::ReplyMessage)
            node.text = text.arguments().value(0).toString();
    }
    return node;
}

void walk(const QDBusConnection& bus, const Place& place, QList<AccessibleNode>& nodes)
{
    if (nodes.size() >= mostNodes)
        return;
    const AccessibleNode node = nodeAt(bus, place);
    nodes.append(node);
    const bool mayHide = node.role != u"application"_s && node.role != u"desktop frame"_s;
    if (mayHide && !node.isShowing)
        return; // a page that is not in front
    for (const Place& child : children(bus, place))
        walk(bus, child, nodes);
}

QDBusConnection accessibilityBus(const QString& sessionBus, const QString& name)
{
    const QString sessionName = name + u"-session"_s;
    QString address;
    {
        const QDBusConnection session = QDBusConnection::connectToBus(sessionBus, sessionName);
        const QDBusMessage answer =
            call(session, {.service = u"org.a11y.Bus"_s, .path = u"/org/a11y/bus"_s},
                 u"org.a11y.Bus"_s, u"GetAddress"_s);
        address = answer.arguments().value(0).toString();
    }
    QDBusConnection::disconnectFromBus(sessionName);
    return QDBusConnection::connectToBus(address, name);
}

} // namespace

AccessibleTree::AccessibleTree(const QString& sessionBus)
    : m_connectionName(QUuid::createUuid().toString())
    , m_bus(accessibilityBus(sessionBus, m_connectionName))
{
}

AccessibleTree::~AccessibleTree()
{
    QDBusConnection::disconnectFromBus(m_connectionName);
}

QList<AccessibleNode> AccessibleTree::nodes() const
{
    QList<AccessibleNode> found;
    walk(m_bus,
         {.service = u"org.a11y.atspi.Registry"_s, .path = u"/org/a11y/atspi/accessible/root"_s},
         found);
    return found;
}

std::optional<AccessibleNode> AccessibleTree::wait(const Wanted& wanted, int millis) const
{
    QElapsedTimer timer;
    timer.start();
    do {
        for (const AccessibleNode& node : nodes())
            if (node.isShowing && wanted(node))
                return node;
        QThread::msleep(100);
    } while (!timer.hasExpired(millis));
    return std::nullopt;
}

QString AccessibleTree::described() const
{
    QString text;
    for (const AccessibleNode& node : nodes())
        if (node.isShowing && !(node.name.isEmpty() && node.text.isEmpty()))
            text += u"%1 \"%2\" %3\n"_s.arg(node.role, node.name, node.text.left(200));
    return text;
}

} // namespace tallystick
