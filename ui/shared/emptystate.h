// SPDX-License-Identifier: GPL-3.0-or-later
//! What a view says when it has nothing to show: an icon, a line, a sentence, perhaps a way on.
#pragma once
#include <QtWidgets/QWidget>

class QPushButton;

namespace tallystick {

class Label;

class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    struct Text
    {
        QString iconName, title, sentence;
        QString action; ///< empty: no button
    };
    void show(const Text& text);
    using QWidget::show;

signals:
    void actionTriggered();

private:
    class Picture;
    Picture* m_picture;
    Label* m_title;
    Label* m_sentence;
    QPushButton* m_action;
};

} // namespace tallystick
