/* base/banned.h: functions that have hurt too many, as compile errors. The build includes it before everything of ours. */
#pragma once
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BANNED(name) sorry_##name##_is_banned

#undef strcpy
#define strcpy(a, b) BANNED(strcpy)
#undef stpcpy
#define stpcpy(a, b) BANNED(stpcpy)
#undef strcat
#define strcat(a, b) BANNED(strcat)
#undef strncpy
#define strncpy(a, b, n) BANNED(strncpy)
#undef strncat
#define strncat(a, b, n) BANNED(strncat)
#undef strtok
#define strtok(a, b) BANNED(strtok)
#undef strtok_r
#define strtok_r(a, b, c) BANNED(strtok_r)
#undef sprintf
#define sprintf(...) BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf)
#undef sscanf
#define sscanf(...) BANNED(sscanf)
#undef scanf
#define scanf(...) BANNED(scanf)
#undef gets
#define gets(a) BANNED(gets)
#undef atoi
#define atoi(a) BANNED(atoi)
#undef atol
#define atol(a) BANNED(atol)
#undef atoll
#define atoll(a) BANNED(atoll)
#undef atof
#define atof(a) BANNED(atof)
#undef gmtime
#define gmtime(a) BANNED(gmtime)
#undef localtime
#define localtime(a) BANNED(localtime)
#undef localtime_r
#define localtime_r(a, b) BANNED(localtime_r)
#undef ctime
#define ctime(a) BANNED(ctime)
#undef ctime_r
#define ctime_r(a, b) BANNED(ctime_r)
#undef asctime
#define asctime(a) BANNED(asctime)
#undef asctime_r
#define asctime_r(a, b) BANNED(asctime_r)
#undef mktime
#define mktime(a) BANNED(mktime)
#undef setlocale
#define setlocale(a, b) BANNED(setlocale)
#undef system
#define system(a) BANNED(system)
#undef popen
#define popen(a, b) BANNED(popen)
#undef tmpnam
#define tmpnam(a) BANNED(tmpnam)
#undef mktemp
#define mktemp(a) BANNED(mktemp)
#undef rand
#define rand() BANNED(rand)
#undef srand
#define srand(a) BANNED(srand)
