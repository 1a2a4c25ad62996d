function Get-VdpRightsImport {
    <#
    .SYNOPSIS
    The calls of Windows that Add-VdpRightsType compiles, and their structures.
    .DESCRIPTION
    Declared as the headers of Windows declare them, argument for argument.
    .EXAMPLE
    Get-VdpRightsImport
    .OUTPUTS
    String: C# of version 5, which Windows PowerShell 5.1 compiles.
    .NOTES
    Source: Windows documentation of each function (ntsecapi.h, processthreadsapi.h, securitybaseapi.h, winbase.h, sddl.h, handleapi.h).
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param()

    return @'
using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Vdp
{
    [StructLayout(LayoutKind.Sequential)]
    public struct LSA_UNICODE_STRING { public ushort Length; public ushort MaximumLength; public IntPtr Buffer; }

    [StructLayout(LayoutKind.Sequential)]
    public struct LSA_OBJECT_ATTRIBUTES
    {
        public uint Length; public IntPtr RootDirectory; public IntPtr ObjectName; public uint Attributes;
        public IntPtr SecurityDescriptor; public IntPtr SecurityQualityOfService;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LUID { public uint LowPart; public int HighPart; }

    [StructLayout(LayoutKind.Sequential)]
    public struct LUID_AND_ATTRIBUTES { public LUID Luid; public uint Attributes; }

    [StructLayout(LayoutKind.Sequential)]
    public struct SID_AND_ATTRIBUTES { public IntPtr Sid; public uint Attributes; }

    [StructLayout(LayoutKind.Sequential)]
    public struct TOKEN_PRIVILEGES { public uint PrivilegeCount; public LUID_AND_ATTRIBUTES First; }

    [StructLayout(LayoutKind.Sequential)]
    public struct TOKEN_GROUPS { public uint GroupCount; public SID_AND_ATTRIBUTES First; }

    public static partial class Rights
    {
        [DllImport("advapi32.dll")]
        static extern uint LsaOpenPolicy(IntPtr SystemName, ref LSA_OBJECT_ATTRIBUTES ObjectAttributes, uint DesiredAccess,
            out IntPtr PolicyHandle);
        [DllImport("advapi32.dll")]
        static extern uint LsaEnumerateAccountsWithUserRight(IntPtr PolicyHandle, ref LSA_UNICODE_STRING UserRight,
            out IntPtr Buffer, out uint CountReturned);
        [DllImport("advapi32.dll")]
        static extern uint LsaFreeMemory(IntPtr Buffer);
        [DllImport("advapi32.dll")]
        static extern uint LsaClose(IntPtr ObjectHandle);
        [DllImport("advapi32.dll")]
        static extern uint LsaNtStatusToWinError(uint Status);
        [DllImport("kernel32.dll", SetLastError = true)]
        static extern IntPtr OpenProcess(uint dwDesiredAccess, bool bInheritHandle, uint dwProcessId);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool OpenProcessToken(IntPtr ProcessHandle, uint DesiredAccess, out IntPtr TokenHandle);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool GetTokenInformation(IntPtr TokenHandle, int TokenInformationClass, IntPtr TokenInformation,
            uint TokenInformationLength, out uint ReturnLength);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LookupPrivilegeNameW(string lpSystemName, ref LUID lpLuid, StringBuilder lpName, ref uint cchName);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LookupAccountNameW(string lpSystemName, string lpAccountName, IntPtr Sid, ref uint cbSid,
            StringBuilder ReferencedDomainName, ref uint cchReferencedDomainName, out int peUse);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool LookupAccountSidW(string lpSystemName, IntPtr Sid, StringBuilder Name, ref uint cchName,
            StringBuilder ReferencedDomainName, ref uint cchReferencedDomainName, out int peUse);
        [DllImport("advapi32.dll", SetLastError = true)]
        static extern bool ConvertSidToStringSidW(IntPtr Sid, out IntPtr StringSid);
        [DllImport("advapi32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
        static extern bool ConvertStringSidToSidW(string StringSid, out IntPtr Sid);
        [DllImport("kernel32.dll")]
        static extern IntPtr LocalFree(IntPtr hMem);
        [DllImport("kernel32.dll", SetLastError = true)]
        static extern bool CloseHandle(IntPtr hObject);
    }
}
'@
}
